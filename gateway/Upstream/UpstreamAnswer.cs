using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Upstream;

/// <summary>An answer with a status of success whose body is still to be read. Faults of reading are values, not exceptions.</summary>
internal sealed class UpstreamAnswer(HttpResponseMessage response, Stream body, AttemptTimer timer, ApiKey key, int attempt)
{
    public HttpResponseMessage Response { get; } = response;

    /// <summary>The key that served it.</summary>
    public KeyId KeyId { get; } = key.Id;

    /// <summary>Which attempt it is, from one.</summary>
    public int Attempt { get; } = attempt;

    /// <summary>The key itself, to be taken out of what is passed on.</summary>
    public ApiKey Key { get; } = key;

    /// <summary>The connection, for calls that asked for one in both directions.</summary>
    public Stream Connection { get; } = body;

    /// <summary>What ends the attempt.</summary>
    public AttemptTimer Timer { get; } = timer;

    /// <summary>What the outcome means unless another key serves the call, see <see cref="AttemptResult.Otherwise"/>.</summary>
    public CallOutcomeKind? Otherwise { get; set; }

    public string? ContentType => Response.Content.Headers.NonValidated.TryGetValues("Content-Type", out var values) ? values.ToString() : null;

    /// <summary>Why the last read failed.</summary>
    public CallOutcomeKind Failure { get; private set; }

    /// <summary>Whether the attempt is over. What was kept of its answer may still be written.</summary>
    public bool HasEnded { get; set; }

    /// <summary>Waits for work of the gateway's own on what came, which is not the upstream's silence.</summary>
    public async ValueTask WhileAsync(ValueTask work)
    {
        if (HasEnded)
        {
            await work; // Its timer is gone.
        }
        else if (!work.IsCompletedSuccessfully)
        {
            Timer.Pause();
            await work;
            Timer.Restart();
        }
    }

    /// <summary>The next bytes.</summary>
    /// <returns>How many; zero at the end; -1 when the answer broke off, see <see cref="Failure"/>.</returns>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer)
    {
        try
        {
            var count = await Connection.ReadAsync(buffer, Timer.Token);
            Timer.Restart();
            return count;
        }
        catch (OperationCanceledException)
        {
            Failure = Timer.ClientLeft ? CallOutcomeKind.ClientLeft : CallOutcomeKind.UpstreamTimedOut;
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            Failure = Timer.ClientLeft ? CallOutcomeKind.ClientLeft : CallOutcomeKind.UpstreamBroken;
        }

        return -1;
    }
}
