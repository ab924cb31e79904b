/**
 * Says which names of files and folders a place stands for that is written with globs and ranges.
 *
 * <p>Start at {@link syscallanomaly.trace.pattern.NamePattern}, which decides about one part of a
 * path. {@link syscallanomaly.trace.pattern.PathRanges} does so for whole paths, where Hadoop
 * itself matches the globs. This package knows no file system.
 */
package syscallanomaly.trace.pattern;
