/**
 * Finds and opens trace files in folders, globs and zip archives on any Hadoop file system.
 *
 * <p>Start at {@link syscallanomaly.trace.file.TraceLocation}, which takes the place of a split
 * from the settings. Then read {@link syscallanomaly.trace.file.TraceListing}, which holds the
 * files found there. The classes are public only for {@code trace}; users go through {@link
 * syscallanomaly.trace.TraceReader}.
 */
package syscallanomaly.trace.file;
