namespace GeminiBalance.Gateway.Resources;

/// <summary>The first part of an upload in one request.</summary>
internal sealed record UploadedFile(FileDescription File);
