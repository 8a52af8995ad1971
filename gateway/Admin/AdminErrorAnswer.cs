namespace GeminiBalance.Gateway.Admin;

/// <summary>An error of the admin API, in OpenAI's shape.</summary>
internal sealed record AdminErrorAnswer(AdminError Error);
