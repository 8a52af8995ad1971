using System.Net;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Storage.MySql;

namespace GeminiBalance.Silo.Settings;

/// <summary>Every setting of a silo. Parsing, error texts and the table of <c>docs/cluster.md</c> derive from here.</summary>
internal static class SiloSettingTable
{
    private static readonly Dictionary<string, string> DatabaseForms = new()
    {
        [MySqlAddress.ConnectionSetting] = "a connection string such as `Server=…;Port=3306;Database=…;User ID=…;Password=…`",
        [MySqlAddress.PortSetting] = "a whole number from 1 to 65535",
    };

    public static IReadOnlyList<SiloSetting> All { get; } =
    [
        Database(MySqlAddress.ConnectionSetting, "", "The database. Wins over the `MYSQL_` settings below.", isSecret: true),
        Database(MySqlAddress.HostSetting, "", "The database's host, when `MYSQL_CONNECTION` is not set."),
        Database(MySqlAddress.PortSetting, "3306", "Its port."),
        Database(MySqlAddress.UserSetting, "", "Its user."),
        Database(MySqlAddress.PasswordSetting, "", "That user's password.", isSecret: true),
        Database(MySqlAddress.DatabaseSetting, "", "The database's name."),
        Line("CLUSTER_ID", SiloSettingKinds.ClusterId, "gemini-balance", Set<string>((s, v) => s with { ClusterId = v }),
            "Silos and gateways of one name form one cluster. All that share a database must have the same."),
        Line("SILO_ADDRESS", SiloSettingKinds.Reachable, "127.0.0.1", SetAddress,
            "Where other silos and gateways reach this one; it listens there. `auto` looks up the machine's own name."),
        Line("SILO_PORT", SettingKinds.WholeNumber(1, 65535), "11111", Set<int>((s, v) => s with { SiloPort = v }), "The port for other silos."),
        Line("SILO_GATEWAY_PORT", SettingKinds.WholeNumber(1, 65535), "30000", Set<int>((s, v) => s with { GatewayPort = v }), "The port for gateways."),
        Line("HOST", SettingKinds.ListenHost, "localhost", Set<string>((s, v) => s with { Host = v }),
            "The address the health endpoints listen on. `ASPNETCORE_URLS` wins over `HOST` and `PORT`."),
        Line("PORT", SettingKinds.WholeNumber(0, 65535), "8090", Set<int>((s, v) => s with { Port = v }), "Their port; 0 takes a free one."),
        Line("GRANT_WITHOUT_DATABASE", SettingKinds.Switch, "true", Set<bool>((s, v) => s with { GrantWithoutDatabase = v }),
            "Whether keys already claimed stay in use while the database cannot be reached. With `false` (strict), calls are refused until it can be."),
        Line("MAX_FAILURES", SettingKinds.WholeNumber(1, 100), "3", Set<int>((s, v) => s with { MaxFailures = v }),
            "Consecutive failures by a key's own fault, none of them conclusive, after which the key counts as rejected."),
        Line("LEDGER_WRITE_SECONDS", SettingKinds.Duration(TimeSpan.FromSeconds(1), "seconds", 0.1, 60), "0.5", Set<TimeSpan>((s, v) => s with { WriteInterval = v }),
            "How long changes of keys gather before they are written together. Longer spares the database; after a crash more statistics are lost, and limits hold all the same."),
        Line("LOG_LEVEL", SettingKinds.Level, "INFO", Set<LogLevel>((s, v) => s with { LogLevel = v }), "The least severe messages that are logged."),
    ];

    /// <summary>Read all together, by <see cref="MySqlAddress.FromSettings"/>.</summary>
    private static SiloSetting Database(string name, string defaultText, string meaning, bool isSecret = false) =>
        new(name, DatabaseForms.GetValueOrDefault(name, "a text"), defaultText, meaning, isSecret, (draft, _) => draft);

    private static SiloSettingsDraft SetAddress(SiloSettingsDraft draft, string text) => IPAddress.TryParse(text, out var address)
        ? draft with { Settings = draft.Settings with { Address = address } }
        : draft with { AddressName = text };

    private static Func<SiloSettingsDraft, T, SiloSettingsDraft> Set<T>(Func<SiloSettings, T, SiloSettings> set) =>
        (draft, value) => draft with { Settings = set(draft.Settings, value) };

    private static SiloSetting Line<T>(
        string name, SettingKind<T> kind, string defaultText, Func<SiloSettingsDraft, T, SiloSettingsDraft> set, string meaning, bool isSecret = false) =>
        new(name, kind.Allowed, defaultText, meaning, isSecret, (draft, text) =>
        {
            var parsed = kind.Parse(text);
            return parsed.IsGood ? new(set(draft, parsed.Value), null, parsed.Note) : new(null, parsed.Problem, null);
        });
}
