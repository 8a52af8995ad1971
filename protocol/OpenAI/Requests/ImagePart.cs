namespace GeminiBalance.Protocol.OpenAI;

/// <param name="Url">A data URI, an address, or (seen) bare base64.</param>
/// <param name="Detail"><c>auto</c>, <c>low</c> or <c>high</c>.</param>
public sealed record ImagePart(string Url, string? Detail) : ContentPart;
