using System.Text.Json;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Admin;

/// <summary>The names of key states in the admin API, such as <c>exhausted_today</c>, and gemini-balance's two groups of them.</summary>
internal static class KeyStates
{
    private static readonly KeyState[] All = Enum.GetValues<KeyState>();

    /// <summary>What the filter takes.</summary>
    public static IReadOnlyList<string> Filters { get; } = [.. All.Select(Name), "valid", "invalid", "all"];

    public static string Name(KeyState state) => JsonNamingPolicy.SnakeCaseLower.ConvertName(state.ToString());

    public static string Name(KeyKind kind) => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());

    /// <summary>Whether a key in this state serves calls, now or after a wait.</summary>
    public static bool IsValid(KeyState state) => state is KeyState.Active or KeyState.Cooling or KeyState.ExhaustedToday;

    public static bool Matches(KeyState state, string filter) => filter switch
    {
        "all" => true,
        "valid" => IsValid(state),
        "invalid" => !IsValid(state),
        _ => Name(state) == filter,
    };
}
