namespace GeminiBalance.Gateway.Settings;

internal static partial class SettingTable
{
    private static IReadOnlyList<SettingDefinition> ResourceLines =>
    [
        .. Group(
            "Files, caches and jobs",
            Line("FILES_USER_ISOLATION_ENABLED", SettingKinds.Switch, "true", nameof(GatewaySettings.Resources), SettingTraits.None,
                (s, v) => s with { Resources = s.Resources with { IsolatesClients = v } },
                "Whether each access token sees only the files, caches, batches and other resources it has created. The admin token sees all."),
            Line("FILES_CLEANUP_ENABLED", SettingKinds.Switch, "true", nameof(GatewaySettings.Resources), SettingTraits.None,
                (s, v) => s with { Resources = s.Resources with { DeletesExpired = v } },
                "Whether resources that the upstream has deleted by age are deleted from the database."),
            Line("FILES_CLEANUP_INTERVAL_HOURS", SettingKinds.Duration(TimeSpan.FromHours(1), "hours", 1, 720), "1", nameof(GatewaySettings.Resources), SettingTraits.None,
                (s, v) => s with { Resources = s.Resources with { CleanupInterval = v } },
                "How often.")),
    ];
}
