namespace GeminiBalance.Gateway.Settings;

internal static partial class SettingTable
{
    private static IEnumerable<SettingDefinition> LiveLines => Group(
        "Live API",
        Line("LIVE_SESSIONS_MAX", SettingKinds.WholeNumber(0, 100_000), "1000", nameof(GatewaySettings.Live), SettingTraits.None,
            (s, v) => s with { Live = s.Live with { SessionsMax = v } },
            "Open sessions of the Live API in this process; 0 switches it off."),
        Line("LIVE_SESSIONS_PER_KEY", SettingKinds.WholeNumber(0, 10_000), "50", nameof(GatewaySettings.Live), SettingTraits.None,
            (s, v) => s with { Live = s.Live with { SessionsPerKey = v } },
            "Open sessions of one key in this process; 0 is any number. Google allows keys without billing about 3."),
        Line("LIVE_IDLE_SECONDS", SettingKinds.Duration(TimeSpan.FromSeconds(1), "seconds", 10, 86_400), "600", nameof(GatewaySettings.Live), SettingTraits.None,
            (s, v) => s with { Live = s.Live with { IdleTimeOut = v } },
            "How long a session may be without a message in either direction before it is closed."),
        Line("LIVE_DRAIN_SECONDS", SettingKinds.Duration(TimeSpan.FromSeconds(1), "seconds", 0, 3600), "10", nameof(GatewaySettings.Live), SettingTraits.None,
            (s, v) => s with { Live = s.Live with { DrainTime = v } },
            "How long open sessions go on when the process is asked to stop. They are told with `goAway` and closed with 1012."));
}
