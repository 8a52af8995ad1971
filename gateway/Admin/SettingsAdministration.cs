using System.Text.Json;
using GeminiBalance.Gateway.Settings;

namespace GeminiBalance.Gateway.Admin;

/// <summary>The settings, for people. Secret ones say only whether they are there.</summary>
internal sealed class SettingsAdministration(SettingsSource source, SettingsReload reload)
{
    public Task ListAsync(HttpContext context)
    {
        var reading = source.Reading;
        var views = source.Definitions.Select(definition => ViewOf(definition, reading));
        return AdminAnswers.OkAsync(context, new SettingsAnswer([.. views]), AdminJson.Default.SettingsAnswer);
    }

    public async Task ReloadAsync(HttpContext context) => await AnswerAsync(context, await reload.ReloadAsync(context.RequestAborted));

    /// <summary>Takes an object of settings and values; a value may be a text as in <c>.env</c>, or JSON of its own kind, and null removes what is stored.</summary>
    public async Task ChangeAsync(HttpContext context)
    {
        AdminBody.Bound(context);
        var body = await JsonSerializer.DeserializeAsync(context.Request.Body, AdminJson.Default.DictionaryStringJsonElement, context.RequestAborted);
        var changes = (body ?? []).ToDictionary(change => change.Key, change => TextOf(change.Value));
        if (changes.Count == 0)
        {
            await AdminAnswers.ErrorAsync(context, StatusCodes.Status400BadRequest, "no_settings", "Send an object of settings and values: {\"MAX_RETRIES\": 5}.");
            return;
        }

        await AnswerAsync(context, await reload.ChangeAsync(changes, context.RequestAborted));
    }

    /// <summary>Returns to what the environment says.</summary>
    public async Task RemoveAsync(HttpContext context)
    {
        var name = (string)context.GetRouteValue("name")!;
        if (!source.Definitions.Any(definition => definition.Name == name))
        {
            await AdminAnswers.ErrorAsync(context, StatusCodes.Status404NotFound, "unknown_setting", "There is no such setting.");
            return;
        }

        await AnswerAsync(context, await reload.ChangeAsync(new Dictionary<string, string?> { [name] = null }, context.RequestAborted));
    }

    private static SettingView ViewOf(SettingDefinition definition, SettingsReading reading)
    {
        var isSet = reading.Texts.ContainsKey(definition.Name);
        return new SettingView(
            definition.Name,
            definition.Group,
            definition.Type,
            definition.IsSecret ? null : reading.Texts.GetValueOrDefault(definition.Name, definition.Default),
            isSet,
            reading.Stored.Contains(definition.Name) ? "stored" : isSet ? "environment" : "default",
            definition.IsSecret,
            definition.IsStorable,
            definition.NeedsRestart,
            definition.Allowed,
            definition.Meaning);
    }

    private static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => SettingText.Unquote(value.GetString()!),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => value.GetRawText(),
    };

    private static Task AnswerAsync(HttpContext context, ReloadAnswer answer) => AdminAnswers.WriteAsync(
        context, answer.Errors.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest, answer, AdminJson.Default.ReloadAnswer);
}
