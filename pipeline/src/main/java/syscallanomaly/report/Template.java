package syscallanomaly.report;

import freemarker.core.HTMLOutputFormat;
import freemarker.core.TemplateClassResolver;
import freemarker.template.Configuration;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/** The templates of the pages. */
enum Template {
  REPORT("report.ftlh"),
  OBSERVED("observed.ftlh");

  private static final Configuration TEMPLATES = templates();

  private final String file;

  Template(String file) {
    this.file = file;
  }

  /**
   * Writes the page and leaves the writer open.
   *
   * @param model what the template shows, by name
   * @throws IOException if the writer fails
   */
  void write(Map<String, Object> model, Writer out) throws IOException {
    try {
      TEMPLATES.getTemplate(file).process(model, out);
    } catch (TemplateException e) {
      throw new IllegalStateException(
          "Cannot write the report: %s fails: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static Configuration templates() {
    Configuration templates = new Configuration(Configuration.VERSION_2_3_34);
    templates.setClassForTemplateLoading(Template.class, "/syscallanomaly/report");
    templates.setDefaultEncoding(StandardCharsets.UTF_8.name());
    templates.setLocale(Locale.ENGLISH);
    templates.setNumberFormat("c");
    templates.setOutputFormat(HTMLOutputFormat.INSTANCE);
    templates.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
    templates.setLogTemplateExceptions(false);
    templates.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
    return templates;
  }
}
