/**
 * System-call numbers become the indices that a network works with, and back.
 *
 * <p>Start at {@link syscallanomaly.vocabulary.Vocabulary}; {@link
 * syscallanomaly.vocabulary.VocabularyBuilder} makes one of the training traces. {@link
 * syscallanomaly.vocabulary.SystemCallNames} has the names that people know calls by. The package
 * uses {@code table} and {@code trace}.
 */
package syscallanomaly.vocabulary;
