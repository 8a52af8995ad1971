namespace GeminiBalance.Gateway.Admin;

internal sealed record ModelSumView(string Model, CallSumView Calls);
