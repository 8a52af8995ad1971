using System.Net;
using GeminiBalance.Gateway.Settings;

namespace GeminiBalance.Silo.Settings;

/// <summary>Reads all settings from the configuration, and finds all errors.</summary>
internal static class SiloSettingsReader
{
    private const int ShownCharsMax = 120;

    /// <returns>The settings; only to be used when there is no error.</returns>
    public static (SiloSettings Settings, IReadOnlyList<string> Errors) Read(IConfiguration configuration, Func<string, IReadOnlyList<IPAddress>> resolve)
    {
        var draft = new SiloSettingsDraft();
        var errors = new List<string>();
        foreach (var setting in SiloSettingTable.All)
        {
            if (Find(configuration, setting.Name) is not { } text)
            {
                continue;
            }

            var applied = setting.Apply(draft, text);
            if (applied.IsGood)
            {
                draft = applied.Value;
            }
            else
            {
                errors.Add(Describe(setting, text, applied.Problem));
            }
        }

        return (draft.Complete(name => Find(configuration, name), resolve, errors), errors);
    }

    /// <returns>Null when the setting is absent or empty, which is the same: <c>.env</c> templates come with empty lines.</returns>
    private static string? Find(IConfiguration configuration, string name) => SettingText.Unquote(configuration[name] ?? "") is { Length: > 0 } text ? text : null;

    private static string Describe(SiloSetting setting, string text, string problem)
    {
        var shown = text.Length <= ShownCharsMax ? $"'{text}'" : $"'{text[..ShownCharsMax]}…'";
        var why = problem.Length == 0 ? "" : $" ({problem})";
        return $"{setting.Name} = {shown}: must be {setting.Allowed}{why}.";
    }
}
