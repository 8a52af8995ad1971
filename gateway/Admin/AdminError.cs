namespace GeminiBalance.Gateway.Admin;

/// <param name="Message">For people.</param>
/// <param name="Type">The kind of error.</param>
/// <param name="Code">For programs.</param>
internal sealed record AdminError(string Message, string Type, string Code);
