namespace GeminiBalance.Gateway.Admin;

/// <param name="Id">The key that was changed.</param>
/// <param name="Done">What was done: <c>enabled</c>, <c>disabled</c>, <c>removed</c>.</param>
internal sealed record KeyChangeAnswer(string Id, string Done);
