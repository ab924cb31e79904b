/**
 * Finds and opens trace files in zip archives on any Hadoop file system.
 *
 * <p>Start at {@link syscallanomaly.trace.archive.ArchiveListing}. It reads the archive's directory
 * on the driver. {@link syscallanomaly.trace.archive.ArchiveContents} then opens single entries on
 * the executors. {@link syscallanomaly.trace.archive.ZippedFolder} does the same with the zips in a
 * folder.
 */
package syscallanomaly.trace.archive;
