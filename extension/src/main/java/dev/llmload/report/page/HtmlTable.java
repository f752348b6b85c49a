package dev.llmload.report.page;

import static dev.llmload.report.chart.XmlText.escape;

import dev.llmload.report.Cell;
import dev.llmload.report.Column;
import dev.llmload.report.Table;
import java.util.List;

/** Renders a {@link Table} as HTML. Numbers have the class {@code n}, a cell's tone is its class. */
public final class HtmlTable {
    private HtmlTable() {}

    /**
     * The table with a row of titles; without it if all of them are empty.
     *
     * @param table any; its texts are escaped
     */
    public static String render(Table table) {
        StringBuilder html = new StringBuilder("<table>");
        if (table.columns().stream().anyMatch(column -> !column.title().isEmpty())) {
            html.append("<tr>");
            table.columns()
                    .forEach(column -> html.append(column.kind() == Column.Kind.NUMBER ? "<th class=\"n\">" : "<th>")
                            .append(escape(column.heading()))
                            .append("</th>"));
            html.append("</tr>\n");
        }
        table.rows().forEach(row -> row(html, table.columns(), row));
        return html.append("</table>\n").toString();
    }

    private static void row(StringBuilder html, List<Column> columns, List<Cell> row) {
        html.append("<tr>");
        for (int i = 0; i < row.size(); i++) {
            String type = type(columns.get(i), row.get(i));
            html.append(type.isEmpty() ? "<td>" : "<td class=\"" + escape(type) + "\">")
                    .append(escape(row.get(i).text()))
                    .append("</td>");
        }
        html.append("</tr>\n");
    }

    private static String type(Column column, Cell cell) {
        return ((column.kind() == Column.Kind.NUMBER ? "n " : "") + cell.tone()).strip();
    }
}
