using System.Text;
using GeminiBalance.Gateway.Cluster.Hosting;
using GeminiBalance.Gateway.Cluster.Telemetry;
using GeminiBalance.Gateway.Endpoints;
using GeminiBalance.Storage.MySql;

namespace GeminiBalance.Gateway.Cluster.Signatures;

/// <summary>
/// Thought signatures by way of the database: written behind, and looked for in one statement. Who asks waits for a fifth of a second at most, and
/// not at all for some seconds after that was in vain.
/// </summary>
internal sealed partial class ClusterSignatures(MySqlSignatures store, TimeProvider time, ILogger<ClusterSignatures> logger)
    : WriteBehind<SignatureRow>(time, Bounds), ISharedSignatures
{
    private static readonly WriteBehindBounds Bounds = new(
        WaitingMax: 20_000, WaitingBytesMax: 32 * 1024 * 1024, BatchMax: 500, BatchBytesMax: 1024 * 1024);

    private readonly AskingRest rest = new(time, SharedLimits.SignaturesRest);

    public void Keep(SignedCall call)
    {
        if (call.Signature.Length <= SharedLimits.SignatureCharsMax)
        {
            Add(SignatureHashes.RowOf(call));
        }
    }

    public async ValueTask<FoundSignatures> FindAsync(string clientId, IReadOnlyCollection<WantedSignature> calls, CancellationToken cancellationToken)
    {
        if (!rest.TryAsk())
        {
            return FoundSignatures.None;
        }

        using var bound = new CancellationTokenSource(SharedLimits.SignaturesTimeOut, Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, cancellationToken);
        try
        {
            // Waited for from outside too: whatever a connection is at, the request goes on.
            var found = await ReadAsync(clientId, calls, either.Token).WaitAsync(either.Token);
            rest.Answered();
            return found;
        }
        catch (OperationCanceledException) when (!bound.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception failure) when (failure is OperationCanceledException or MySqlStorageException)
        {
            if (rest.Failed())
            {
                Log.NotAsked(logger, failure is MySqlStorageException ? failure.Message : $"no answer within {SharedLimits.SignaturesTimeOut.TotalMilliseconds} ms.");
            }

            return FoundSignatures.None;
        }
    }

    protected override int BytesOf(SignatureRow row) => row.IdHash.Length + row.CallHash.Length + row.SignatureHash.Length + row.Signature.Length;

    protected override Task WriteAsync(IReadOnlyCollection<SignatureRow> rows, CancellationToken cancellationToken) => store.KeepAsync(rows, cancellationToken);

    protected override void TellFailed(string reason) => Log.NotShared(logger, reason);

    private async Task<FoundSignatures> ReadAsync(string clientId, IReadOnlyCollection<WantedSignature> calls, CancellationToken cancellationToken)
    {
        var ids = calls.Select(call => call.Id).Where(id => id.Length > 0).Distinct(StringComparer.Ordinal).ToDictionary(SignatureHashes.OfId, HashComparer.Instance);
        var made = calls.Select(call => call.Fingerprint).OfType<string>().Distinct(StringComparer.Ordinal)
            .ToDictionary(call => SignatureHashes.OfCall(clientId, call), HashComparer.Instance);
        var byId = new Dictionary<string, string>(StringComparer.Ordinal);
        var byCall = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var found in await store.FindAsync(ids.Keys, made.Keys, cancellationToken))
        {
            var signature = found.Signature is { } bytes ? Encoding.ASCII.GetString(bytes) : null;
            if (!found.IsById)
            {
                byCall[made[found.Hash]] = signature;
            }
            else if (signature is not null)
            {
                byId[ids[found.Hash]] = signature;
            }
        }

        return new FoundSignatures(byId, byCall);
    }

    private static partial class Log
    {
        [LoggerMessage(ClusterEventIds.SignaturesNotShared, LogLevel.Warning, "Thought signatures are known to this gateway only, until they can be written: {Reason}")]
        public static partial void NotShared(ILogger logger, string reason);

        [LoggerMessage(ClusterEventIds.SignaturesNotAsked, LogLevel.Warning, "Thought signatures of other gateways are not looked for, until the database answers: {Reason}")]
        public static partial void NotAsked(ILogger logger, string reason);
    }
}
