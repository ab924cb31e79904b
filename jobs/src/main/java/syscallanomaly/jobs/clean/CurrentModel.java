package syscallanomaly.jobs.clean;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import syscallanomaly.jobs.run.Workspace;

/**
 * What the file {@code models/current} names. Every text in it counts, and every part of a path, so
 * that a run stays whose name stands there, in whatever form.
 */
final class CurrentModel {
  private final Workspace workspace;

  CurrentModel(Workspace workspace) {
    this.workspace = workspace;
  }

  /** The names in the file; none if there is no such file. */
  Set<String> names() throws IOException {
    Optional<byte[]> content =
        workspace.read(new Path(new Path(workspace.root(), "models"), "current"));
    Set<String> names = new HashSet<>();
    if (content.isPresent()) {
      String text = new String(content.get(), StandardCharsets.UTF_8);
      try {
        collect(new ObjectMapper().readTree(text), names);
      } catch (JsonProcessingException e) {
        collect(text, names);
      }
    }
    return names;
  }

  private static void collect(JsonNode node, Set<String> names) {
    if (node.isTextual()) {
      collect(node.textValue(), names);
    }
    node.forEach(part -> collect(part, names));
  }

  private static void collect(String text, Set<String> names) {
    names.addAll(Arrays.asList(text.strip().split("[/\\s]+")));
  }
}
