using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Upstream;

/// <summary>An answer with a status of success whose body is still to be read. Faults of reading are values, not exceptions.</summary>
internal sealed class UpstreamAnswer(HttpResponseMessage response, Stream body, AttemptTimer timer, KeyId keyId, int attempt)
{
    public HttpResponseMessage Response { get; } = response;

    /// <summary>The key that served it.</summary>
    public KeyId KeyId { get; } = keyId;

    /// <summary>Which attempt it is, from one.</summary>
    public int Attempt { get; } = attempt;

    public string? ContentType => Response.Content.Headers.NonValidated.TryGetValues("Content-Type", out var values) ? values.ToString() : null;

    /// <summary>Why the last read failed.</summary>
    public CallOutcomeKind Failure { get; private set; }

    /// <summary>The next bytes.</summary>
    /// <returns>How many; zero at the end; -1 when the answer broke off, see <see cref="Failure"/>.</returns>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer)
    {
        try
        {
            var count = await body.ReadAsync(buffer, timer.Token);
            timer.Restart();
            return count;
        }
        catch (OperationCanceledException)
        {
            Failure = timer.ClientLeft ? CallOutcomeKind.ClientLeft : CallOutcomeKind.UpstreamTimedOut;
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            Failure = timer.ClientLeft ? CallOutcomeKind.ClientLeft : CallOutcomeKind.UpstreamBroken;
        }

        return -1;
    }
}
