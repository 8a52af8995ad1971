using GeminiBalance.Gateway.Settings;

namespace GeminiBalance.Gateway.Admin;

/// <summary>The settings, for people. Secret ones say only whether they are there.</summary>
internal sealed class SettingsAdministration(SettingsSource source, SettingsReload reload)
{
    public Task ListAsync(HttpContext context)
    {
        var texts = source.Reading.Texts;
        var views = source.Definitions.Select(definition => new SettingView(
            definition.Name,
            definition.Group,
            definition.Type,
            definition.IsSecret ? null : texts.GetValueOrDefault(definition.Name, definition.Default),
            texts.ContainsKey(definition.Name),
            definition.IsSecret,
            definition.NeedsRestart,
            definition.Allowed,
            definition.Meaning));
        return AdminAnswers.OkAsync(context, new SettingsAnswer([.. views]), AdminJson.Default.SettingsAnswer);
    }

    public async Task ReloadAsync(HttpContext context)
    {
        var answer = await reload.ReloadAsync(context.RequestAborted);
        var status = answer.Errors.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest;
        await AdminAnswers.WriteAsync(context, status, answer, AdminJson.Default.ReloadAnswer);
    }
}
