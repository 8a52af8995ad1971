using System.Text;

namespace GeminiBalance.Silo.Settings;

/// <summary>The table of settings in <c>docs/cluster.md</c>, from <see cref="SiloSettingTable"/>.</summary>
internal static class SiloSettingsPage
{
    public static string ToMarkdown()
    {
        var page = new StringBuilder("| Setting | Default | Meaning | Must be |\n|---|---|---|---|\n");
        foreach (var setting in SiloSettingTable.All)
        {
            var defaultText = setting.Default.Length == 0 ? "none" : $"`{setting.Default}`";
            page.Append($"| `{setting.Name}`{(setting.IsSecret ? "<br>*secret*" : "")} | {defaultText} | {setting.Meaning} | {setting.Allowed} |\n");
        }

        return page.ToString();
    }
}
