/**
 * Where trace files lie: folders, globs and zip archives on any Hadoop file system.
 *
 * <p>Start at {@link syscallanomaly.trace.file.TraceLocation}, which reads what settings say about
 * a place, and {@link syscallanomaly.trace.file.TraceListing}, which holds the files found there.
 * These classes are public for {@code trace} alone; users go through {@link
 * syscallanomaly.trace.TraceReader}.
 */
package syscallanomaly.trace.file;
