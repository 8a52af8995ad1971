namespace GeminiBalance.Gateway.Settings;

internal static partial class SettingTable
{
    private const long BytesPerMegabyte = 1024 * 1024;

    private static IEnumerable<SettingDefinition> ResponseLines => Group(
        "Stored responses",
        Line("RESPONSES_STORE_DAYS", SettingKinds.Duration(TimeSpan.FromDays(1), "days", 0, 3650), "30", nameof(GatewaySettings.Responses), SettingTraits.None,
            (s, v) => s with { Responses = s.Responses with { Age = v } },
            "How long answers of `/v1/responses` are kept, encrypted, after their last use, for `previous_response_id` and `GET`. With 0 none is kept, and answers say `store: false`."),
        Line("RESPONSES_STORE_COUNT", SettingKinds.WholeNumber(1, 1_000_000), "5000", nameof(GatewaySettings.Responses), SettingTraits.None,
            (s, v) => s with { Responses = s.Responses with { Count = v } },
            "Stored responses per access token; beyond it the longest unused are deleted."),
        Line("RESPONSES_STORE_MEGABYTES", SettingKinds.Count(1, 1_000_000), "256", nameof(GatewaySettings.Responses), SettingTraits.None,
            (s, v) => s with { Responses = s.Responses with { Bytes = v * BytesPerMegabyte } },
            "Megabytes of stored responses per access token; beyond it the longest unused are deleted."));
}
