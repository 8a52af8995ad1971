using GeminiBalance.Gateway.Settings;

namespace GeminiBalance.Gateway.Import;

/// <summary>What people should look at after an import. Pure.</summary>
internal static class ImportWarnings
{
    /// <summary>The token that gemini-balance's image comes with.</summary>
    private const string PublicToken = "your_token_1";

    /// <summary>Settings that let somebody in or out, or calls leave another way, when they are left out.</summary>
    private static readonly Dictionary<string, string> Consequences = new()
    {
        ["ALLOWED_TOKENS"] = "clients with tokens that are left out get 401",
        ["PROXIES"] = "calls leave by the proxies that are left, or straight when there is none",
        ["BASE_URL"] = "calls go to Google itself",
        ["CUSTOM_HEADERS"] = "calls leave without the headers that are left out",
    };

    public static IReadOnlyList<string> Of(
        IReadOnlyDictionary<string, string> values, IReadOnlyList<ImportLine> lines, IReadOnlyDictionary<string, string> taken, ImportState state)
    {
        var warnings = lines.Where(line => line is { Verdict: ImportVerdict.Invalid or ImportVerdict.Partly } && Consequences.ContainsKey(line.Name))
            .Select(line => $"{line.Name} could not be taken as it is: {Consequences.GetValueOrDefault(line.Name)}.").ToList();
        var tokens = SettingText.ParseList(values.GetValueOrDefault("ALLOWED_TOKENS", "")).Value ?? [];
        var admin = values.GetValueOrDefault("AUTH_TOKEN", "");
        if (tokens.Append(admin).Contains(PublicToken, StringComparer.Ordinal))
        {
            warnings.Add($"{PublicToken} is among the tokens. gemini-balance's image comes with it, so everybody knows it: change it.");
        }

        if (admin.Length > 0 && tokens.Contains(admin, StringComparer.Ordinal))
        {
            warnings.Add("AUTH_TOKEN is one of ALLOWED_TOKENS: clients that have it are administrators, as they were in gemini-balance. Store another AUTH_TOKEN.");
        }
        else if (admin.Length == 0 && tokens.Count > 0 && !state.Stored.ContainsKey("AUTH_TOKEN") && !state.Environment.ContainsKey("AUTH_TOKEN"))
        {
            warnings.Add("There is no AUTH_TOKEN. gemini-balance took the first of ALLOWED_TOKENS; this gateway makes one at its first start and shows it once.");
        }

        if (taken.ContainsKey("AUTH_TOKEN") && state.Environment.TryGetValue("AUTH_TOKEN", out var own) && own != admin)
        {
            warnings.Add("gemini-balance's AUTH_TOKEN administers from now on; that of the environment does nothing. DELETE /api/settings/AUTH_TOKEN returns to it.");
        }

        warnings.AddRange(taken.Keys
            .Where(name => state.Catalog.Definitions.Any(definition => definition.Name == name && definition.NeedsRestart))
            .Select(name => $"{name} takes effect at the next start."));
        return warnings;
    }
}
