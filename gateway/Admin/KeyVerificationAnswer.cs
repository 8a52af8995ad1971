namespace GeminiBalance.Gateway.Admin;

/// <param name="Id">The key.</param>
/// <param name="Verdict"><c>valid</c>, <c>invalid</c>, <c>unclear</c> or <c>not_now</c>.</param>
/// <param name="Detail">Status and reason when it is not valid.</param>
internal sealed record KeyVerificationAnswer(string Id, string Verdict, string? Detail);
