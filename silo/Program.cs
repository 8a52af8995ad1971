using GeminiBalance.Silo.Hosting;

return await SiloStart.RunAsync(args);
