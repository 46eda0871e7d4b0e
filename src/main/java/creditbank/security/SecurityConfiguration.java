package creditbank.security;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Which role may ask which question. What a role may ask about <em>whom</em> is checked where the
 * question is answered, by {@link Caller}.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    @Bean
    SecurityFilterChain api(HttpSecurity http, AuthenticationEntryPoint notSignedIn,
            AccessDeniedHandler notAllowed) throws Exception {
        String registrar = Role.REGISTRAR.name();
        String institution = Role.INSTITUTION.name();
        String learner = Role.LEARNER.name();
        String auditor = Role.AUDITOR.name();
        return http
                .authorizeHttpRequests(ask -> ask
                        .requestMatchers(reading("/", "/v3/api-docs/**", "/v3/api-docs.yaml",
                                "/swagger-ui/**", "/swagger-ui.html", "/api/certificates/**",
                                "/api/imports/template",
                                "/api/rulebooks", "/api/rulebooks/**",
                                "/api/programmes", "/api/programmes/*",
                                "/api/agreements", "/api/agreements/*",
                                "/api/indicators/public/*",
                                "/log/checkpoint", "/log/cosigned", "/log/key",
                                "/log/tile/**")).permitAll()
                        .requestMatchers(reading("/api/me", "/api/institutions",
                                "/api/institutions/*")).authenticated()
                        .requestMatchers(reading("/api/institutions/*/records"))
                        .hasAnyRole(institution, registrar, auditor)
                        .requestMatchers(reading("/api/ledger/**", "/api/books", "/api/proofs",
                                "/api/proofs/**", "/api/audit/**"))
                        .hasAnyRole(auditor, registrar)
                        .requestMatchers(reading("/api/indicators/matrix",
                                "/api/indicators/matrix/entries", "/api/indicators/targets/*"))
                        .hasAnyRole(auditor, registrar)
                        .requestMatchers(reading("/api/indicators", "/api/indicators/*",
                                "/api/indicators/*/entries"))
                        .hasAnyRole(institution, registrar, auditor)
                        .requestMatchers(HttpMethod.POST, "/api/learners/*/entitlements",
                                "/api/learners/*/dossier")
                        .hasAnyRole(learner, registrar, auditor)
                        .requestMatchers(reading("/api/learners/**"))
                        .hasAnyRole(learner, registrar, auditor)
                        .requestMatchers(reading("/api/work"))
                        .hasAnyRole(learner, institution, registrar)
                        .requestMatchers(reading("/api/institutions/*/enrolments",
                                "/api/institutions/*/applications",
                                "/api/institutions/*/redemptions",
                                "/api/institutions/*/transfers"))
                        .hasAnyRole(institution, registrar, auditor)
                        .requestMatchers(reading("/api/redemptions"))
                        .hasAnyRole(registrar, auditor)
                        .requestMatchers(reading("/api/achievements/*",
                                "/api/achievements/*/proof", "/api/enrolments/*",
                                "/api/enrolments/*/progress", "/api/recognitions/*",
                                "/api/redemptions/*", "/api/transfers/*", "/api/applications/*",
                                "/api/applications/*/preview"))
                        .hasAnyRole(learner, institution, registrar, auditor)
                        .requestMatchers(reading("/api/imports/**"))
                        .hasAnyRole(institution, registrar)
                        // Says which methods an address knows, and does nothing.
                        .requestMatchers(HttpMethod.OPTIONS).authenticated()
                        .requestMatchers(HttpMethod.POST, "/api/rulebooks/reading",
                                "/api/learners/*/what-if",
                                "/api/learners/*/transfers/what-if").authenticated()
                        .requestMatchers(HttpMethod.POST, "/api/audit/digests")
                        .hasAnyRole(auditor, registrar)
                        .requestMatchers(HttpMethod.POST, "/api/transfers/*/lapse")
                        .hasAnyRole(learner, institution, registrar)
                        .requestMatchers(HttpMethod.POST, "/api/learners/*/applications",
                                "/api/applications/*/resubmission",
                                "/api/applications/*/withdrawal", "/api/applications/*/appeal")
                        .hasAnyRole(learner, institution)
                        .requestMatchers(HttpMethod.POST, "/api/institutions",
                                "/api/rulebooks/impact",
                                "/api/rulebooks", "/api/rulebooks/*/*/approval",
                                "/api/rulebooks/*/*/supersession",
                                "/api/rulebooks/*/*/withdrawal",
                                "/api/institutions/*/suspension",
                                "/api/institutions/*/reinstatement",
                                "/api/learners/*/identity", "/api/learners/*/restriction",
                                "/api/learners/*/restriction/lifting", "/api/learners/*/erasure",
                                "/api/applications/*/appeal/dismissal",
                                "/api/applications/*/appeal/upholding",
                                "/api/views/*/rebuild").hasRole(registrar)
                        .requestMatchers(HttpMethod.POST, "/api/agreements",
                                "/api/agreements/*/acceptance", "/api/agreements/*/end",
                                "/api/learners",
                                "/api/learners/*/outcomes", "/api/learners/*/diplomas",
                                "/api/learners/*/certificates", "/api/achievements/**",
                                "/api/programmes", "/api/programmes/*/revision",
                                "/api/programmes/*/closure",
                                "/api/learners/*/enrolments", "/api/learners/*/recognitions",
                                "/api/learners/*/redemptions", "/api/enrolments/*/move",
                                "/api/enrolments/*/withdrawal", "/api/enrolments/*/graduation",
                                "/api/recognitions/*/withdrawal", "/api/redemptions/*/reversal",
                                "/api/learners/*/transfers", "/api/transfers/*/acceptance",
                                "/api/transfers/*/declining", "/api/transfers/*/withdrawal",
                                "/api/applications/*/endorsement", "/api/applications/*/return",
                                "/api/applications/*/rejection",
                                "/api/imports", "/api/imports/*/resumption")
                        .hasAnyRole(institution, registrar)
                        .anyRequest().denyAll())
                .httpBasic(basic -> basic.authenticationEntryPoint(notSignedIn))
                .exceptionHandling(e -> e.authenticationEntryPoint(notSignedIn)
                        .accessDeniedHandler(notAllowed))
                // Every request carries its own credentials; there is no session to ride on.
                .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(csrf -> csrf.disable())
                .build();
    }

    /** HEAD asks what GET asks, and only leaves out the content of the answer. */
    private static RequestMatcher[] reading(String... addresses) {
        PathPatternRequestMatcher.Builder path = PathPatternRequestMatcher.withDefaults();
        return Arrays.stream(addresses)
                .flatMap(address -> Stream.of(path.matcher(HttpMethod.GET, address),
                        path.matcher(HttpMethod.HEAD, address)))
                .toArray(RequestMatcher[]::new);
    }

    @Bean
    PasswordEncoder passwordEncoder() {
        return new RememberingEncoder(new SecureRandom());
    }

    @Bean
    UserDetailsService userDetailsService(Users users) {
        return name -> users.find(name)
                .map(user -> new SignedIn(user.caller(), user.password()))
                .orElseThrow(() -> new UsernameNotFoundException(name));
    }
}
