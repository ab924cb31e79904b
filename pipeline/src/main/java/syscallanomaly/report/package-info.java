/**
 * Writes the page that people read after a run: one HTML file with tables and charts that needs no
 * network.
 *
 * <p>Start with {@link syscallanomaly.report.Report}, which fills the template {@code report.ftlh}
 * from a {@link syscallanomaly.report.ReportData}. The charts are drawn in the browser by {@code
 * charts.js}. The package shows what it is given: it computes no figures and reads no files of a
 * run. It may use the records of the packages before it.
 */
package syscallanomaly.report;
