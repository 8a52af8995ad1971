namespace GeminiBalance.Gateway.Settings;

/// <summary>How the text of a setting is read, and how people are told about it.</summary>
/// <param name="Type">For the reference page: <c>number</c>, <c>list</c>.</param>
/// <param name="Allowed">Completes "must be …" in an error and in the reference page.</param>
/// <param name="Parse">Reads the text.</param>
internal sealed record SettingKind<T>(string Type, string Allowed, Func<string, Parsed<T>> Parse)
{
    /// <summary>The same texts, as another type.</summary>
    public SettingKind<TResult> Select<TResult>(Func<T, TResult> convert) => new(
        Type,
        Allowed,
        text => Parse(text) is { IsGood: true, Value: { } value, Note: var note } ? new(convert(value), null, note) : new(default, Parse(text).Problem, null));
}
