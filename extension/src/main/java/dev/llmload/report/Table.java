package dev.llmload.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A table as data, which each medium renders in its own way: {@link Csv#table} for files, {@code MarkdownTable},
 * {@code HtmlTable}, and {@code TextTable} for the console. Immutable.
 *
 * @param columns from the left, at least one
 * @param rows from the top, each with a cell per column
 */
public record Table(List<Column> columns, List<List<Cell>> rows) {
    /**
     * Copies both lists.
     *
     * @throws IllegalArgumentException if there is no column, or a row has more or fewer cells than there are columns
     */
    public Table {
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("a table needs a column");
        }
        for (List<Cell> row : rows) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException(
                        "a row of " + row.size() + " cells in a table of " + columns.size() + " columns: " + row);
            }
        }
    }

    /** A builder of a table with these columns. */
    public static Builder of(Column... columns) {
        return new Builder(List.of(columns));
    }

    /** A builder of a table with these columns. */
    public static Builder of(List<Column> columns) {
        return new Builder(columns);
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** The texts of a row. */
    public static List<String> texts(List<Cell> row) {
        return row.stream().map(Cell::text).toList();
    }

    /** Takes rows one after the other. Not thread-safe. */
    public static final class Builder {
        private final List<Column> columns;
        private final List<List<Cell>> rows = new ArrayList<>();

        private Builder(List<Column> columns) {
            this.columns = columns;
        }

        /** Adds a row without tones. */
        public Builder row(String... texts) {
            return row(List.of(texts));
        }

        /** Adds a row without tones. */
        public Builder row(List<String> texts) {
            return cells(texts.stream().map(Cell::of));
        }

        /** Adds a row. */
        public Builder cells(Cell... cells) {
            return cells(Stream.of(cells));
        }

        /** Adds a row. */
        public Builder cells(Stream<Cell> cells) {
            rows.add(cells.toList());
            return this;
        }

        /**
         * The table.
         *
         * @throws IllegalArgumentException if a row has more or fewer cells than there are columns
         */
        public Table build() {
            return new Table(columns, rows);
        }
    }
}
