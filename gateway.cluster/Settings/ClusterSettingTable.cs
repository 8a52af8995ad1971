using GeminiBalance.Gateway.Settings;
using GeminiBalance.Storage.MySql;

namespace GeminiBalance.Gateway.Cluster.Settings;

/// <summary>Every setting of a gateway of a cluster: the stand-alone gateway's, without those of a process that keeps its keys itself, and some of its own.</summary>
internal static class ClusterSettingTable
{
    private const SettingTraits AtStart = SettingTraits.Restart | SettingTraits.Fixed;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>Settings of the stand-alone gateway that have no meaning here, or are the silos' here.</summary>
    public static IReadOnlyList<string> Left { get; } = ["DATA_DIR", "SQLITE_DATABASE", "GRANT_WITHOUT_DATABASE", "MAX_FAILURES"];

    /// <summary>What only this shape has, or has otherwise.</summary>
    public static IReadOnlyList<SettingDefinition> Own { get; } =
    [
        .. Group(
            "Database and cluster",
            MySqlLine(MySqlAddress.ConnectionSetting, ClusterSettingKinds.Connection, "", SettingTraits.Secret,
                "The database that silos and gateways share. Wins over the settings below, which say the same in parts."),
            MySqlLine(MySqlAddress.HostSetting, ClusterSettingKinds.HostName, "", SettingTraits.None, "Its host."),
            MySqlLine(MySqlAddress.PortSetting, ClusterSettingKinds.Port, "3306", SettingTraits.None, "Its port."),
            MySqlLine(MySqlAddress.UserSetting, ClusterSettingKinds.Text, "", SettingTraits.None, "The user to connect as."),
            MySqlLine(MySqlAddress.PasswordSetting, ClusterSettingKinds.Text, "", SettingTraits.Secret, "That user's password."),
            MySqlLine(MySqlAddress.DatabaseSetting, ClusterSettingKinds.Text, "", SettingTraits.None, "The database's name."),
            Line("CLUSTER_ID", ClusterSettingKinds.ClusterId, "gemini-balance", nameof(ClusterSettings.ClusterId), AtStart,
                (s, v) => s with { ClusterId = v },
                "Silos and gateways of one name form one cluster. All that share a database must have the same.")),
        .. Group(
            "Stopping",
            Line("DRAIN_DELAY_SECONDS", SettingKinds.Duration(Second, "seconds", 0, 300), "5", nameof(ClusterSettings.DrainDelay), AtStart,
                (s, v) => s with { DrainDelay = v },
                "How long a gateway that was asked to stop goes on taking requests while `/health/ready` answers 503, so that load balancers notice."),
            Line("DRAIN_SECONDS", SettingKinds.Duration(Second, "seconds", 0, 3600), "30", nameof(ClusterSettings.DrainTime), AtStart,
                (s, v) => s with { DrainTime = v },
                "How long open requests are waited for after that; what is not finished then is cut.")),
        .. Shared("API_KEYS", SettingTraits.None,
            "The Gemini API keys. A gateway that has this setting adds the keys that are new in it at its start, and takes those out that came from it and are gone; one without it leaves the keys alone."),
        .. Shared("AUTH_TOKEN", SettingTraits.Required, "The admin token, also valid for calls. The same for all gateways."),
        .. Shared("ENCRYPTION_KEY", SettingTraits.Required, "What stored keys are encrypted with. The same for all gateways; another one than the database was written with stops the start."),
    ];

    public static SettingCatalog Catalog { get; } = new(
        [.. SettingTable.All.Where(line => !Left.Contains(line.Name)).Select(line => Own.FirstOrDefault(own => own.Name == line.Name) ?? line), .. Own.Where(IsNew)],
        [.. ForeignSettings.Names.Where(name => !Own.Any(own => own.Name == name))],
        new ClusterSettings());

    private static bool IsNew(SettingDefinition own) => !SettingTable.All.Any(line => line.Name == own.Name);

    private static IEnumerable<SettingDefinition> Group(string name, params SettingDefinition[] lines) => lines.Select(line => line with { Group = name });

    private static IEnumerable<SettingDefinition> Shared(string name, SettingTraits traits, string meaning)
    {
        var line = SettingTable.All.Single(line => line.Name == name);
        return [line with { Traits = line.Traits | traits, Meaning = meaning }];
    }

    private static SettingDefinition MySqlLine(string name, SettingKind<string> kind, string defaultText, SettingTraits traits, string meaning) => Line(
        name, kind, defaultText, nameof(ClusterSettings.MySql), traits | AtStart, (s, v) => s with { MySql = s.MySql.SetItem(name, new Secret(v)) }, meaning);

    private static SettingDefinition Line<T>(
        string name, SettingKind<T> kind, string defaultText, string property, SettingTraits traits, Func<ClusterSettings, T, ClusterSettings> set, string meaning) =>
        new("", name, kind.Type, kind.Allowed, defaultText, property, traits, meaning, (settings, text) =>
        {
            var parsed = kind.Parse(text);
            return parsed.IsGood ? new(set((ClusterSettings)settings, parsed.Value), null, parsed.Note) : new(null, parsed.Problem, null);
        });
}
