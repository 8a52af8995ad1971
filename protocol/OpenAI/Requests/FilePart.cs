namespace GeminiBalance.Protocol.OpenAI;

/// <param name="Data">A data URI or bare base64.</param>
/// <param name="FileName">Tells the type when the data does not.</param>
/// <param name="FileId">A file of the upstream: <c>files/…</c> or its whole address.</param>
/// <param name="Url"><c>file_url</c>, an extension.</param>
public sealed record FilePart(string? Data, string? FileName, string? FileId, string? Url) : ContentPart;
