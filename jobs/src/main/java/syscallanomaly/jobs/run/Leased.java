package syscallanomaly.jobs.run;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/**
 * What one program may hold at a time, see {@link Lease}.
 *
 * @param workspace the workspace that it lies in
 * @param owner the file that names the program which holds it
 * @param name what messages call it, such as {@code run r1}
 * @param otherwise what a refused user can do instead of waiting, to be added to a message
 */
record Leased(Workspace workspace, Path owner, String name, String otherwise) {

  /** The program that holds it now; empty if there is none. */
  Optional<Owner> owned() throws IOException {
    try (FSDataInputStream in = workspace.files().open(owner)) {
      return Owner.fromJson(in.readAllBytes());
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  void write(Owner holder) throws IOException {
    workspace.writeAtomically(owner, holder.toJson());
  }

  void delete() throws IOException {
    workspace.delete(owner);
  }

  /** The name as it begins a sentence. */
  String title() {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }
}
