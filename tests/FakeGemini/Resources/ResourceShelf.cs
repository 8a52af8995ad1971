using System.Globalization;
using System.Text.Json.Nodes;

namespace GeminiBalance.FakeGemini;

/// <summary>Everything that belongs to keys, newest first in lists.</summary>
internal sealed class ResourceShelf(AnswerIds ids, TimeProvider time)
{
    private const int PageDefault = 10;
    private const int PageMax = 100;
    private readonly Lock gate = new();
    private readonly List<ShelvedResource> all = [];

    public string Now => Time(time.GetUtcNow());

    public static string Time(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    public string NewId() => ids.NextCallId() + ids.NextCallId()[..4];

    public ShelvedResource Add(string name, string key, JsonObject json, TimeSpan? lifetime = null)
    {
        var resource = new ShelvedResource(name, key, json) { ExpiresAt = time.GetUtcNow() + lifetime };
        lock (gate)
        {
            all.Add(resource);
        }

        return resource;
    }

    public ShelvedResource? Find(string name, string key)
    {
        lock (gate)
        {
            return all.Find(resource => resource.Name == name && resource.Key == key && IsLive(resource));
        }
    }

    /// <summary>Whoever's it is.</summary>
    public ShelvedResource? Find(string name)
    {
        lock (gate)
        {
            return all.Find(resource => resource.Name == name && IsLive(resource));
        }
    }

    public void Remove(ShelvedResource resource)
    {
        lock (gate)
        {
            all.RemoveAll(other => other == resource || (other.Key == resource.Key && other.Name.StartsWith(resource.Name + "/", StringComparison.Ordinal)));
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            all.Clear();
        }
    }

    /// <summary>One page of a key's resources directly below a prefix.</summary>
    public JsonObject Page(string prefix, string key, string member, IQueryCollection query)
    {
        var size = int.TryParse(query["pageSize"], NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && asked > 0 ? Math.Min(asked, PageMax) : PageDefault;
        var start = int.TryParse(query["pageToken"], NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : 0;
        List<ShelvedResource> found;
        lock (gate)
        {
            found = [.. all.Where(resource => resource.Key == key && IsLive(resource) && resource.Name.StartsWith(prefix, StringComparison.Ordinal)
                && !resource.Name[prefix.Length..].Contains('/', StringComparison.Ordinal)).Reverse()];
        }

        var page = new JsonObject();
        if (found.Count > start)
        {
            page[member] = new JsonArray([.. found.Skip(start).Take(size).Select(resource => resource.Json.DeepClone())]);
        }

        if (found.Count > start + size)
        {
            page["nextPageToken"] = (start + size).ToString(CultureInfo.InvariantCulture);
        }

        return page;
    }

    private bool IsLive(ShelvedResource resource) => resource.ExpiresAt is not { } end || time.GetUtcNow() < end;
}
