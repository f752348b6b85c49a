package dev.llmload.report.file;

import dev.llmload.report.Cell;
import dev.llmload.report.Column;
import dev.llmload.report.Table;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Renders a {@link Table} as GitHub's and GitLab's Markdown has tables. */
public final class MarkdownTable {
    private MarkdownTable() {}

    /**
     * The table, each row ended by a line feed; cells are escaped.
     *
     * @param table any
     */
    public static String render(Table table) {
        List<Column> columns = table.columns();
        StringBuilder text = new StringBuilder();
        columns.forEach(column ->
                text.append(column.heading().isEmpty() ? "| " : "| " + Markdown.text(column.heading()) + " "));
        text.append("|\n")
                .append(columns.stream()
                        .map(column -> column.kind() == Column.Kind.NUMBER ? "---:" : "---")
                        .collect(Collectors.joining("|", "|", "|\n")));
        table.rows().forEach(row -> text.append(row(columns, row)));
        return text.toString();
    }

    private static String row(List<Column> columns, List<Cell> row) {
        return IntStream.range(0, row.size())
                .mapToObj(i -> cell(columns.get(i), row.get(i).text()))
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static String cell(Column column, String text) {
        return column.kind() == Column.Kind.CODE ? Markdown.code(text) : Markdown.text(text);
    }
}
