using GeminiBalance.Gateway.Hosting;
using GeminiBalance.Gateway.Resources;

namespace GeminiBalance.Gateway.Import;

/// <summary>What becomes of the files that were uploaded through gemini-balance. Pure.</summary>
/// <param name="Added">Those whose keys are known from now on.</param>
/// <param name="Known">How many are known already.</param>
/// <param name="Expired">How many the upstream has deleted.</param>
/// <param name="WithoutKey">How many belong to keys that are not in the pool.</param>
internal sealed record ImportedFiles(IReadOnlyList<ForeignFile> Added, int Known, int Expired, int WithoutKey)
{
    /// <param name="files">What gemini-balance has written down.</param>
    /// <param name="keys">What becomes of its keys.</param>
    /// <param name="state">What is there.</param>
    public static ImportedFiles Read(IReadOnlyList<ForeignFile> files, ImportedKeys keys, ImportState state)
    {
        var pool = state.Keys.Concat(keys.Added).Select(key => key.Key.Id).ToHashSet();
        var live = files.Where(file => file.ExpiresAt > state.Now).DistinctBy(file => file.Name).ToList();
        var usable = live.Where(file => pool.Contains(file.Key.Id)).ToList();
        List<ForeignFile> added = [.. usable.Where(file => !state.KnownFiles.Contains(file.Name))];
        return new ImportedFiles(added, usable.Count - added.Count, files.Count(file => file.ExpiresAt <= state.Now), live.Count - usable.Count);
    }

    /// <summary>As the ledger has them: of the token that uploaded them, as gemini-balance lists them.</summary>
    public IReadOnlyCollection<OwnedResource> ToResources(ClientIds clients) => [.. Added.Select(file =>
    {
        var lifetime = ResourceCollection.Of(ResourceCollection.Files).Lifetime!.Value;
        return new OwnedResource
        {
            Name = file.Name, Collection = ResourceCollection.Files, KeyId = file.Key.Id, ClientId = clients.Of(file.Token.Reveal()), CreatedAt = file.ExpiresAt - lifetime, ExpiresAt = file.ExpiresAt,
        };
    })];
}
