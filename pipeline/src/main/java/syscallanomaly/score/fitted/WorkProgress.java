package syscallanomaly.score.fitted;

/** Is told which piece of work begins and when it ends, so that a user can see progress. */
@FunctionalInterface
public interface WorkProgress {
  /** Shows nothing. */
  WorkProgress NONE = what -> () -> {};

  /**
   * Notes that a piece of work begins.
   *
   * @param what what is being worked on, such as the name of a detector family
   * @return is closed when the piece of work ends
   */
  Piece start(String what);

  /** A piece of work. */
  @FunctionalInterface
  interface Piece extends AutoCloseable {
    @Override
    void close();
  }
}
