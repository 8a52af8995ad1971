namespace GeminiBalance.Gateway.Settings;

/// <summary>One of Gemini's safety settings, such as <c>HARM_CATEGORY_HARASSMENT</c> and <c>BLOCK_NONE</c>.</summary>
public sealed record SafetySetting(string Category, string Threshold);
