namespace GeminiBalance.Gateway.Settings;

/// <summary>Settings of the Anthropic face.</summary>
public sealed record AnthropicSettings
{
    /// <summary>Gemini's models by names of Anthropic's, or by words in them; the order counts.</summary>
    public IReadOnlyDictionary<string, string> ModelMap { get; init; } = new OrderedDictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["haiku"] = "gemini-flash-lite-latest",
        ["sonnet"] = "gemini-flash-latest",
        ["opus"] = "gemini-pro-latest",
        ["claude"] = "gemini-flash-latest",
    };

    /// <summary>The model that serves a name: that of the very name, else that of the first word it contains, else the name itself.</summary>
    public string ModelFor(string name) =>
        ModelMap.TryGetValue(name, out var exact) ? exact
        : ModelMap.FirstOrDefault(entry => name.Contains(entry.Key, StringComparison.OrdinalIgnoreCase)).Value ?? name;
}
