using System.Diagnostics.CodeAnalysis;

namespace GeminiBalance.Gateway.Resources;

/// <summary>What the gateway must know of a collection whose members belong to one key.</summary>
/// <param name="Name">The first segment of its members' names.</param>
/// <param name="ListMember">Under which name the upstream lists them.</param>
/// <param name="PageDefault">Members of a page when the client does not say.</param>
/// <param name="Lifetime">How long a member is kept when the upstream gives no time; null: until it is deleted.</param>
/// <param name="RefusalStatus">How the upstream refuses a member that is not there, or not the caller's.</param>
internal sealed record ResourceCollection(string Name, string ListMember, int PageDefault, TimeSpan? Lifetime, int RefusalStatus)
{
    public const string Files = "files";
    public const string Uploads = "uploads";
    public const string Operations = "operations";
    public const string Batches = "batches";
    public const string Interactions = "interactions";

    /// <summary>Members in one page at most.</summary>
    public const int PageMax = 100;

    // https://ai.google.dev/gemini-api/docs/files and https://ai.google.dev/gemini-api/docs/caching give the first two lifetimes; for jobs the
    // upstream names none, and these are what a client may take to come back for the result.
    private static readonly Dictionary<string, ResourceCollection> All = new ResourceCollection[]
    {
        new(Files, Files, 10, TimeSpan.FromHours(48), StatusCodes.Status403Forbidden),
        new("generatedFiles", "generatedFiles", 10, TimeSpan.FromHours(48), StatusCodes.Status403Forbidden),
        new("cachedContents", "cachedContents", 50, TimeSpan.FromHours(1), StatusCodes.Status403Forbidden),
        new(Batches, Operations, 50, TimeSpan.FromDays(30), StatusCodes.Status404NotFound),
        new(Operations, Operations, 50, TimeSpan.FromDays(7), StatusCodes.Status404NotFound),
        new(Interactions, Interactions, 10, TimeSpan.FromDays(55), StatusCodes.Status404NotFound), // https://ai.google.dev/gemini-api/docs/interactions; those of free keys end sooner.
        new("tunedModels", "tunedModels", 10, null, StatusCodes.Status404NotFound),
        new("fileSearchStores", "fileSearchStores", 10, null, StatusCodes.Status403Forbidden),
        new("corpora", "corpora", 10, null, StatusCodes.Status403Forbidden),
    }.ToDictionary(collection => collection.Name, StringComparer.Ordinal);

    /// <summary>Whether the upstream wants a person's account for it and refuses every API key.</summary>
    public bool IsForUsers => Name is "tunedModels" or "corpora";

    /// <summary>The queue of the pool in which calls about members wait: the upstream counts them against no model.</summary>
    public string Quota => KeyPool.KeyLimitTable.UncountedPrefix + Name;

    public static bool IsKnown(string name) => All.ContainsKey(name);

    public static ResourceCollection Of(string name) => All[name];

    public static bool TryFind(string name, [NotNullWhen(true)] out ResourceCollection? collection) => All.TryGetValue(name, out collection);
}
