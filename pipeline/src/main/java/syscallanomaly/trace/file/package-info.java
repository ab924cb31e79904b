/**
 * Finds and opens trace files in folders and globs on the local file system and on any Hadoop file
 * system, and says what a listing of files is. The package {@code trace.archive} does the same in
 * zip archives.
 *
 * <p>Start at {@link syscallanomaly.trace.file.TraceLocation}, which takes the place of a split
 * from the settings. Then read {@link syscallanomaly.trace.file.TraceListing}, which holds the
 * files found there. The classes are public only for {@code trace}; users go through {@link
 * syscallanomaly.trace.TraceReader}.
 */
package syscallanomaly.trace.file;
