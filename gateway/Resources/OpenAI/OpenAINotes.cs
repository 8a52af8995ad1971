using System.Text.Json;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Resources;

/// <summary>Keeps notes beside the resources they are about: of the same client and key, and as long.</summary>
internal sealed class OpenAINotes(ResourceLedger ledger)
{
    private const string Prefix = "openai/";
    private const string BatchNotes = "openaiBatches";
    private const string FileNotes = "openaiFiles";
    private static readonly TimeSpan NotRenewedWithin = TimeSpan.FromDays(1);

    /// <param name="about">The resource.</param>
    /// <param name="note">What to keep.</param>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    public ValueTask SaveAsync(OwnedResource about, OpenAINote note, CancellationToken cancellationToken) => ledger.SaveAsync(
        [
            about with
            {
                Name = Prefix + about.Name,
                Collection = about.Collection == ResourceCollection.Batches ? BatchNotes : FileNotes,
                Json = JsonSerializer.SerializeToUtf8Bytes(note, ResourceJson.Default.OpenAINote),
                IsSettled = true,
            },
        ],
        cancellationToken);

    /// <summary>Keeps the note of a job that is still asked about, as the job itself is kept; nothing is written for those of the last day.</summary>
    public ValueTask RenewAsync(OwnedResource about, OpenAINote note, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var lifetime = ResourceCollection.Of(about.Collection).Lifetime;
        return now - about.CreatedAt < NotRenewedWithin ? default : SaveAsync(about with { ExpiresAt = now + lifetime }, note, cancellationToken);
    }

    /// <summary>A resource that has just been made, as far as notes need it.</summary>
    public static OwnedResource Made(ResourceName name, KeyId key, string clientId, DateTimeOffset created, DateTimeOffset? end) => new()
    {
        Name = name.Root!, Collection = name.Collection, KeyId = key, ClientId = clientId, CreatedAt = created,
        ExpiresAt = end ?? created + ResourceCollection.Of(name.Collection).Lifetime,
    };

    public async ValueTask<OpenAINote?> FindAsync(OwnedResource about, CancellationToken cancellationToken) =>
        (await FindAsync([about.Name], new ResourceAccess(about.ClientId, SeesAll: false), cancellationToken)).GetValueOrDefault(about.Name);

    /// <returns>The notes by the names of what they are about.</returns>
    public async ValueTask<IReadOnlyDictionary<string, OpenAINote>> FindAsync(IReadOnlyCollection<string> names, ResourceAccess access, CancellationToken cancellationToken)
    {
        var rows = await ledger.FindRowsAsync([.. names.Select(name => Prefix + name)], access, cancellationToken);
        return rows.ToDictionary(row => row.Name[Prefix.Length..], Read, StringComparer.Ordinal);
    }

    /// <summary>The batches that clients of OpenAI's API have made, newest first.</summary>
    public async ValueTask<IReadOnlyList<(OwnedResource Batch, OpenAINote Note)>> ListBatchesAsync(
        ResourceAccess access, OwnedResource? after, int count, CancellationToken cancellationToken)
    {
        var position = after is null ? null : ResourcePosition.Of(after with { Name = Prefix + after.Name });
        var rows = await ledger.ListAsync(BatchNotes, access, position, count, cancellationToken);
        return [.. rows.Select(row => (row with { Name = row.Name[Prefix.Length..], Collection = ResourceCollection.Batches, Json = null, IsSettled = false }, Read(row)))];
    }

    public ValueTask RemoveAsync(OwnedResource about, CancellationToken cancellationToken) => ledger.RemoveAsync(about with { Name = Prefix + about.Name }, cancellationToken);

    private static OpenAINote Read(OwnedResource row) => JsonSerializer.Deserialize(row.Json!.Value.Span, ResourceJson.Default.OpenAINote)!;
}
