namespace GeminiBalance.Gateway.Resources;

/// <summary>What is said of a file that is uploaded.</summary>
internal sealed record FileDescription(string DisplayName);
