using GeminiBalance.Gateway.Resources;

namespace GeminiBalance.Gateway.Import;

/// <summary>Which files a ledger knows, in bounded questions.</summary>
internal static class ImportedFileRows
{
    private const int NamesMax = 500;

    public static async Task<IReadOnlySet<string>> FindFilesAsync(this IResourceStore store, IReadOnlyCollection<string> names, CancellationToken cancellationToken)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var some in names.Chunk(NamesMax))
        {
            known.UnionWith((await store.FindAsync(some, cancellationToken)).Select(row => row.Name));
        }

        return known;
    }
}
