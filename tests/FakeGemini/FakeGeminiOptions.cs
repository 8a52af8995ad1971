namespace GeminiBalance.FakeGemini;

/// <summary>How a fake upstream starts.</summary>
public sealed class FakeGeminiOptions
{
    /// <summary>TCP port on the loopback address; 0 takes a free one.</summary>
    public int Port { get; set; }

    /// <summary>Listens on every IPv4 address instead, as in a container.</summary>
    public bool ListensEverywhere { get; set; }

    /// <summary>The keys that are accepted.</summary>
    public IReadOnlyList<string> Keys { get; set; } = FakeKeys.Make(3);

    /// <summary>Accepts every credential, as for a benchmark.</summary>
    public bool AcceptAnyKey { get; set; }

    /// <summary>Keys in a row that belong to one project and share its quotas, as upstream; 1 gives each key a project of its own.</summary>
    public int KeysPerProject { get; set; } = 1;

    public Enforcement Enforcement { get; set; } = Enforcement.Refuse;

    /// <summary>For every key and model without a narrower entry below.</summary>
    public FakeLimits Limits { get; set; } = new(RequestsPerMinute: 5);

    public IDictionary<string, FakeLimits> ModelLimits { get; } = new Dictionary<string, FakeLimits>(StringComparer.Ordinal);

    /// <summary>By key; wins over <see cref="ModelLimits"/>.</summary>
    public IDictionary<string, FakeLimits> KeyLimits { get; } = new Dictionary<string, FakeLimits>(StringComparer.Ordinal);

    /// <summary>By key and model; wins over everything.</summary>
    public IDictionary<(string Key, string Model), FakeLimits> PairLimits { get; } = new Dictionary<(string, string), FakeLimits>();

    /// <summary>Model names known besides the built-in catalogue.</summary>
    public IReadOnlyList<string> ExtraModels { get; set; } = [];

    /// <summary>Unknown members of a request are a 400, as upstream. Off, to see that a proxy passes tomorrow's fields.</summary>
    public bool RefuseUnknownFields { get; set; } = true;

    /// <summary>Requests kept for inspection; the oldest go first. 0 keeps none.</summary>
    public int RecordedRequestsMax { get; set; } = 1_000;

    /// <summary>Body bytes kept in all recorded requests together.</summary>
    public long RecordedBytesMax { get; set; } = 64 * 1024 * 1024;

    /// <summary>From which ids, signatures and latencies follow.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>Whose quotas a key spends: its own, or those of its project, named after the project's first key.</summary>
    internal string PayerOf(string key) =>
        KeysPerProject > 1 && Keys.Index().FirstOrDefault(known => known.Item == key) is { Item: not null } found ? Keys[found.Index - (found.Index % KeysPerProject)] : key;

    internal FakeLimits LimitsOf(string key, string model) =>
        PairLimits.TryGetValue((key, model), out var limits) || KeyLimits.TryGetValue(key, out limits) || ModelLimits.TryGetValue(model, out limits) ? limits : Limits;
}
