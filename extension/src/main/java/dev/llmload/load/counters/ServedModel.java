package dev.llmload.load.counters;

import dev.llmload.exposition.Sample;
import dev.llmload.load.preflight.ModelList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The model that is asked, as the server's own counters may call it: vLLM and SGLang count all names that they serve a model
 * by, and its LoRA adapters, under the first of them. Immutable.
 *
 * @param name in the requests
 * @param names all that mean it, the name included
 */
public record ServedModel(String name, Set<String> names) {
    private static final List<String> LABELS = List.of("model_name", "model");

    public ServedModel {
        names = Set.copyOf(names);
    }

    /** A model with no other name. */
    public static ServedModel of(String name) {
        return new ServedModel(name, Set.of(name));
    }

    /**
     * A model with the names that a server's list gives it: those of the same root, its parent and its children. Of a server
     * that does not list the name and answers all the same, it is the model that it lists, if that is a single one.
     */
    public static ServedModel of(String name, List<ModelList.Entry> listed) {
        Set<String> names = new TreeSet<>(Set.of(name));
        if (listed.stream().noneMatch(entry -> entry.id().equals(name)) && !listed.isEmpty()) {
            Set<String> only = related(Set.of(listed.get(0).id()), listed);
            names.addAll(only.size() == listed.size() ? only : Set.of());
            return new ServedModel(name, names);
        }
        return new ServedModel(name, related(names, listed));
    }

    private static Set<String> related(Set<String> begin, List<ModelList.Entry> listed) {
        Set<String> names = new TreeSet<>(begin);
        int before;
        do {
            before = names.size();
            List<ModelList.Entry> known =
                    listed.stream().filter(entry -> names.contains(entry.id())).toList();
            Set<String> roots = known.stream()
                    .map(ModelList.Entry::root)
                    .filter(root -> !root.isEmpty())
                    .collect(Collectors.toSet());
            known.stream()
                    .map(ModelList.Entry::parent)
                    .filter(parent -> !parent.isEmpty())
                    .forEach(names::add);
            listed.stream()
                    .filter(entry -> roots.contains(entry.root()) || names.contains(entry.parent()))
                    .forEach(entry -> names.add(entry.id()));
        } while (names.size() > before);
        return names;
    }

    /** Whether a sample counts for it: its label names it, or it has no label that names a model. */
    boolean owns(Sample sample) {
        return labelOf(sample).map(names::contains).orElse(true);
    }

    /** The model that a sample counts for; empty if it does not say. */
    static Optional<String> labelOf(Sample sample) {
        return LABELS.stream()
                .map(sample::label)
                .filter(name -> !name.isEmpty())
                .findFirst();
    }
}
