namespace GeminiBalance.Gateway.Settings;

/// <summary>One of Gemini's safety settings, such as <c>HARM_CATEGORY_HARASSMENT</c> and <c>BLOCK_NONE</c>.</summary>
public sealed record SafetySetting(string Category, string Threshold)
{
    /// <summary>What translated chats get when nothing is written, and what users of gemini-balance are used to.</summary>
    public static IReadOnlyList<SafetySetting> Usual { get; } =
    [
        new("HARM_CATEGORY_HARASSMENT", "OFF"),
        new("HARM_CATEGORY_HATE_SPEECH", "OFF"),
        new("HARM_CATEGORY_SEXUALLY_EXPLICIT", "OFF"),
        new("HARM_CATEGORY_DANGEROUS_CONTENT", "OFF"),
        new("HARM_CATEGORY_CIVIC_INTEGRITY", "BLOCK_NONE"),
    ];

    /// <summary><see cref="Usual"/> as it would be written.</summary>
    internal static string UsualText { get; } =
        $"[{string.Join(", ", Usual.Select(setting => $$"""{"category": "{{setting.Category}}", "threshold": "{{setting.Threshold}}"}"""))}]";
}
