/**
 * Maps system-call numbers to the indices that a network works with, and back.
 *
 * <p>Start at {@link syscallanomaly.vocabulary.Vocabulary}. {@link
 * syscallanomaly.vocabulary.VocabularyBuilder} builds one from the training traces. {@link
 * syscallanomaly.trace.call.SystemCalls} has the names of the calls. The package uses {@code table}
 * and {@code trace}.
 */
package syscallanomaly.vocabulary;
