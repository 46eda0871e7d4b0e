package creditbank.witness;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One request, with bounds on the time of all of it and on the size of its answer. */
final class Exchange {

    private static final Duration TO_CONNECT = Duration.ofSeconds(5);

    private Exchange() {
    }

    static HttpClient client() {
        return HttpClient.newBuilder().connectTimeout(TO_CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER).build();
    }

    /** @throws IOException also if the answer is too large, or not there in time */
    static HttpResponse<byte[]> send(HttpClient client, HttpRequest request, int most,
            Duration time) throws IOException {
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(
                request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), most));
        try {
            return answer.get(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException(
                    request.uri() + " did not answer within " + time.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            Throwable why = e.getCause() == null ? e : e.getCause();
            throw new IOException(request.uri() + " cannot be asked: "
                    + (why.getMessage() == null ? why.getClass().getSimpleName()
                            : why.getMessage()), why);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while " + request.uri() + " was asked");
        } finally {
            answer.cancel(true);
        }
    }
}
