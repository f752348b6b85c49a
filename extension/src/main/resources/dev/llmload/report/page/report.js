// Sorts and filters the table of levels, and opens the level that a link names. Without it the page shows everything too.
(() => {
  const table = document.querySelector(".levels");
  if (!table) return;
  const body = table.tBodies[0];
  const value = (row, column) => {
    const text = row.cells[column].dataset.value ?? row.cells[column].textContent;
    const number = parseFloat(text) * (text.endsWith(" s") ? 1000 : 1); // beside ms
    return Number.isNaN(number) ? text : number;
  };
  const compare = (a, b) =>
    typeof a === typeof b ? (a < b ? -1 : a > b ? 1 : 0) : typeof a === "number" ? -1 : 1;
  [...table.tHead.rows[0].cells].forEach((head, column) => {
    const sort = () => {
      const up = head.getAttribute("aria-sort") !== "ascending";
      [...table.tHead.rows[0].cells].forEach(each => each.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      const sign = up ? 1 : -1;
      [...body.rows].sort((a, b) => sign * compare(value(a, column), value(b, column))).forEach(row => body.append(row));
    };
    head.tabIndex = 0;
    head.addEventListener("click", sort);
    head.addEventListener("keydown", event => { if (event.key === "Enter") sort(); });
  });
  const buttons = [...document.querySelectorAll(".filter button")];
  buttons.forEach(button => button.addEventListener("click", () => {
    buttons.forEach(each => each.setAttribute("aria-pressed", each === button));
    const wanted = button.dataset.verdict;
    document.querySelectorAll("[data-verdict]").forEach(each => {
      if (!buttons.includes(each)) each.hidden = wanted !== "" && each.dataset.verdict !== wanted;
    });
  }));
  const open = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target) {
      target.open = true;
      target.scrollIntoView();
    }
  };
  addEventListener("hashchange", open);
  open();
})();
