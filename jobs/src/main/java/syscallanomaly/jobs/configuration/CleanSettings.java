package syscallanomaly.jobs.configuration;

/**
 * Which runs are deleted.
 *
 * @param keepRunsDays days after which a run that has ended is too old; 0: no run is
 * @param deletedRuns whether runs without a folder in the workspace are deleted from the tables
 * @param runFolders whether the folders of deleted runs are deleted as well
 * @param dryRun whether nothing is deleted
 */
public record CleanSettings(
    int keepRunsDays, boolean deletedRuns, boolean runFolders, boolean dryRun) {}
