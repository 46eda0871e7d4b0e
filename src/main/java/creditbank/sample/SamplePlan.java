package creditbank.sample;

import creditbank.agreement.AgreementForm;
import creditbank.institution.InstitutionForm;
import creditbank.programme.PlanForm;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What the sample bank is made of, as {@code sample.yaml} says. */
record SamplePlan(List<InstitutionForm> institutions, List<String> surnames, List<String> givenNames,
        Map<String, List<Course>> courses, List<String> certificates, List<String> rulebooks,
        List<Programme> programmes, List<AgreementForm> agreements) {

    record Programme(String id, PlanForm plan) {
    }

    record Course(String subject, String title, String credits) {
    }

    static SamplePlan read() {
        try (InputStream in = SamplePlan.class.getResourceAsStream("/creditbank/sample.yaml")) {
            return new YAMLMapper().readValue(in, SamplePlan.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
