using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Settings;

/// <summary>A list of keys as somebody wrote it, sorted out.</summary>
/// <param name="Keys">Each key once.</param>
/// <param name="Duplicates">Masked forms of what was there more than once, one per repetition.</param>
/// <param name="Invalid">Masked forms of what is no key.</param>
internal sealed record ApiKeyBatch(IReadOnlyList<ApiKey> Keys, IReadOnlyList<string> Duplicates, IReadOnlyList<string> Invalid)
{
    /// <summary>Both as one list.</summary>
    public ApiKeyBatch With(ApiKeyBatch next)
    {
        var here = Keys.Select(key => key.Id).ToHashSet();
        var (known, fresh) = (next.Keys.Where(key => here.Contains(key.Id)), next.Keys.Where(key => !here.Contains(key.Id)));
        return new ApiKeyBatch([.. Keys, .. fresh], [.. Duplicates, .. known.Select(key => key.Masked), .. next.Duplicates], [.. Invalid, .. next.Invalid]);
    }
}
