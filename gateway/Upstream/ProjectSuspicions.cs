using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Upstream;

/// <summary>
/// Which keys may belong to one Google project, told from errors: those that name the same project, and those that are refused for the same quota
/// of the same model at the same time, again and again. A hint for people, of this process since its start; nothing is decided by it.
/// </summary>
internal sealed class ProjectSuspicions(TimeProvider time)
{
    /// <summary>Refusals within this time of each other are together.</summary>
    private static readonly TimeSpan Together = TimeSpan.FromSeconds(2);

    /// <summary>How often two keys are refused together before it is told.</summary>
    private const int TimesMin = 3;

    /// <summary>When more keys than these are refused at a time, it is load, and says nothing about two of them.</summary>
    private const int CrowdMin = 8;
    private const int KeysMax = 20_000;
    private const int PairsMax = 50_000;

    /// <summary>Quotas and models under way at once.</summary>
    private const int BurstsMax = 1_000;
    private readonly Lock gate = new();
    private readonly Dictionary<KeyId, string> projects = [];
    private readonly Dictionary<string, List<KeyId>> keysOf = new(StringComparer.Ordinal);
    private readonly Dictionary<(KeyId, KeyId), int> times = [];
    private readonly Dictionary<string, (DateTimeOffset Since, HashSet<KeyId> Keys)> bursts = new(StringComparer.Ordinal);

    public void Observe(KeyId key, string model, QuotaConsumer told)
    {
        lock (gate)
        {
            if (told.Project is { } project)
            {
                Name(key, project);
            }
            else if (told.QuotaId is { } quota)
            {
                Refused(key, $"{quota} {model}", time.GetUtcNow());
            }
        }
    }

    /// <summary>The other keys that may share its project.</summary>
    public IReadOnlyList<KeyId> Of(KeyId key)
    {
        lock (gate)
        {
            CloseBefore(time.GetUtcNow() - Together);
            var named = projects.TryGetValue(key, out var project) ? keysOf[project] : [];
            var refused = times.Where(pair => pair.Value >= TimesMin && (pair.Key.Item1 == key || pair.Key.Item2 == key))
                .Select(pair => pair.Key.Item1 == key ? pair.Key.Item2 : pair.Key.Item1)
                .Where(other => project is null || !projects.TryGetValue(other, out var theirs) || theirs == project);
            return [.. named.Concat(refused).Where(other => other != key).Distinct().Order()];
        }
    }

    private void Name(KeyId key, string project)
    {
        if (projects.TryGetValue(key, out var before) ? before == project : projects.Count >= KeysMax)
        {
            return;
        }

        if (before is not null)
        {
            keysOf[before].Remove(key);
        }

        projects[key] = project;
        if (!keysOf.TryGetValue(project, out var keys))
        {
            keysOf.Add(project, keys = []);
        }

        keys.Add(key);
    }

    private void Refused(KeyId key, string quota, DateTimeOffset now)
    {
        CloseBefore(now - Together);
        if (bursts.TryGetValue(quota, out var burst))
        {
            burst.Keys.Add(key);
        }
        else if (bursts.Count < BurstsMax)
        {
            bursts.Add(quota, (now, [key]));
        }
    }

    private void CloseBefore(DateTimeOffset moment)
    {
        foreach (var (quota, burst) in bursts.Where(burst => burst.Value.Since < moment).ToList())
        {
            bursts.Remove(quota);
            foreach (var pair in burst.Keys.Count > CrowdMin ? [] : PairsOf([.. burst.Keys.Order()]))
            {
                if (times.Count < PairsMax || times.ContainsKey(pair))
                {
                    times[pair] = times.GetValueOrDefault(pair) + 1;
                }
            }
        }
    }

    private static IEnumerable<(KeyId, KeyId)> PairsOf(KeyId[] keys) => keys.SelectMany((key, index) => keys[(index + 1)..].Select(other => (key, other)));
}
